/// Keeps evidence in a file: [EvidenceBundle] writes one zip and reads it back, equal.
///
/// A bundle holds `manifest.json` (format, who wrote it, SHA-256 of each other entry) and `evidence.json`. It is
/// believed only when it is whole: a file that was cut, changed, or written by a newer format is refused in one line
/// ([BundleUnreadable]).
@NullMarked
package io.cachewright.optimizer.bundle;

import org.jspecify.annotations.NullMarked;
