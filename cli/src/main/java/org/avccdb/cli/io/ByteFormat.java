package org.avccdb.cli.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** How keys and values look in arguments and in what is printed. Each reads what it prints, whatever the bytes. */
public enum ByteFormat {
    /** UTF-8, escaped as {@link EscapedText} says. */
    TEXT {
        @Override
        public String print(final byte[] bytes) {
            return EscapedText.of(bytes);
        }

        @Override
        public byte[] parse(final byte[] printed) {
            return EscapedText.parse(printed);
        }
    },

    /** Two digits a byte. */
    HEX {
        @Override
        public String print(final byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }

        @Override
        public byte[] parse(final byte[] printed) {
            try {
                return HexFormat.of().parseHex(ascii(printed));
            } catch (final IllegalArgumentException e) {
                throw new InputException("'" + EscapedText.of(printed) + "' is not hex: it takes two of 0-9a-f a byte");
            }
        }
    },

    /** Base64 with the usual alphabet and padding. */
    BASE64 {
        @Override
        public String print(final byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }

        @Override
        public byte[] parse(final byte[] printed) {
            try {
                return Base64.getDecoder().decode(printed);
            } catch (final IllegalArgumentException e) {
                throw new InputException("'" + EscapedText.of(printed) + "' is not base64: " + e.getMessage());
            }
        }
    };

    /** The bytes as text that harms no terminal. */
    public abstract String print(byte[] bytes);

    /** The bytes that were printed so; else an {@link InputException}. */
    public abstract byte[] parse(byte[] printed);

    /** The bytes that an argument stands for. */
    public byte[] parse(final String argument) {
        return parse(EscapedText.bytesOf(argument));
    }

    private static String ascii(final byte[] bytes) {
        return new String(bytes, US_ASCII);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
