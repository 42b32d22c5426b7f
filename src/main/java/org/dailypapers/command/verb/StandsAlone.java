package org.dailypapers.command.verb;

/** A command that needs no beans, settings or database: it runs at once, whatever else runs or is missing. */
interface StandsAlone {}
