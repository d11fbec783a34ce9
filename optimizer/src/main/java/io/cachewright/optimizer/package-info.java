/// Connect, collect, profile, diagnose, recommend, prove, report: one package a stage, each with one public door and
/// one verb. `profile`, `diagnose`, `recommend` and `report` are pure: records in, records out, the same answer twice.
///
/// A new rule is one file in `rules/<topic>/`; nothing else is edited.
@NullMarked
package io.cachewright.optimizer;

import org.jspecify.annotations.NullMarked;
