package org.avccdb.cli.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;

/**
 * Bytes as text: UTF-8, but for what is no UTF-8 or would steer a terminal, which becomes {@code \xHH} byte by byte. A backslash
 * becomes two. There are no other escapes, so that nothing that somebody writes is taken for something else.
 */
public final class EscapedText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final char REPLACEMENT = '\uFFFD';

    private EscapedText() {}

    /** What bytes look like. */
    public static String of(final byte[] bytes) {
        final StringBuilder text = new StringBuilder(bytes.length + 16);
        final ByteBuffer source = ByteBuffer.wrap(bytes);
        final CharBuffer piece = CharBuffer.allocate(256);
        final CharsetDecoder decoder = UTF_8.newDecoder();
        while (source.hasRemaining()) {
            final CoderResult result = decoder.decode(source, piece, true);
            append(piece.flip(), text);
            piece.clear();
            if (result.isError()) {
                for (int i = 0; i < result.length(); i++) {
                    escape(source.get(), text);
                }
                decoder.reset();
            }
        }
        return text.toString();
    }

    private static void append(final CharBuffer chars, final StringBuilder text) {
        chars.codePoints().forEach(point -> {
            if (point == '\\') {
                text.append("\\\\");
            } else if (isPlain(point)) {
                text.appendCodePoint(point);
            } else {
                for (final byte octet : Character.toString(point).getBytes(UTF_8)) {
                    escape(octet, text);
                }
            }
        });
    }

    private static void escape(final byte octet, final StringBuilder text) {
        text.append("\\x").append(HEX.toHexDigits(octet));
    }

    /** Neither invisible nor able to change what is around it. */
    private static boolean isPlain(final int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> point != REPLACEMENT;
        };
    }

    /** The bytes of a text as {@link #of} writes it, and of any other without stray backslashes. */
    public static byte[] parse(final byte[] text) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length);
        for (int at = 0; at < text.length; at++) {
            final byte octet = text[at];
            if (octet != '\\') {
                bytes.write(octet);
            } else if (at + 1 < text.length && text[at + 1] == '\\') {
                bytes.write('\\');
                at++;
            } else {
                bytes.write(escaped(text, at));
                at += 3;
            }
        }
        return bytes.toByteArray();
    }

    private static int escaped(final byte[] text, final int at) {
        if (at + 3 < text.length
                && text[at + 1] == 'x'
                && HexFormat.isHexDigit(text[at + 2])
                && HexFormat.isHexDigit(text[at + 3])) {
            return HexFormat.fromHexDigit(text[at + 2]) << 4 | HexFormat.fromHexDigit(text[at + 3]);
        }
        throw new InputException("a stray backslash: write \\\\ for a backslash and \\xHH for a byte, or use"
                + " another format than text");
    }

    /** The bytes of an argument, unless the Java runtime has lost some of them. */
    static byte[] bytesOf(final String argument) {
        try {
            if (argument.indexOf(REPLACEMENT) < 0) {
                final ByteBuffer encoded = UTF_8.newEncoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .encode(CharBuffer.wrap(argument));
                final byte[] bytes = new byte[encoded.remaining()];
                encoded.get(bytes);
                return bytes;
            }
        } catch (final CharacterCodingException e) {
            throw lost(argument);
        }
        throw lost(argument);
    }

    private static InputException lost(final String argument) {
        return new InputException("an argument is not UTF-8, or the locale is not: '" + of(argument.getBytes(UTF_8))
                + "'; write it with --format hex, or as \\xHH");
    }
}
