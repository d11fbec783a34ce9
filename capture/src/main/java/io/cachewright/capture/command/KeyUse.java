package io.cachewright.capture.command;

/// One key of a command.
///
/// @param argument which argument it is; the name of the command is argument 0
public record KeyUse(int argument, KeyAccess access) {}
