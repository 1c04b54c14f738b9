package org.avccdb.cli.command;

import org.avccdb.KeyRange;
import picocli.CommandLine.Mixin;

/** A command about a range of keys of a database. */
abstract class RangeCommand extends DatabaseCommand {
    @Mixin
    private RangeOptions range;

    @Mixin
    private FormatOptions formats;

    final KeyRange keys() {
        return range.range(formats.keys());
    }

    final FormatOptions formats() {
        return formats;
    }
}
