package io.cachewright.app;

import java.util.Map;

/// What a command finds around it: where to write, and the environment variables.
record Surroundings(Console console, Map<String, String> environment) {}
