/// Finds what clients do wrong in the commands they send: one streaming pass, with bounded memory.
///
/// [AntiPatternWatch] takes every command of a capture and tells at the end which mistakes it saw, each with the
/// sequence that shows it (values taken out), how often, and what that costs. The ids are those of the catalogue of
/// anti-patterns of trading systems.
///
/// An anti-pattern is one file: a class that implements [AntiPattern] and carries
/// `@AutoService(AntiPattern.class)`, with a fixture `<id>.txt` among the tests that shows it once and stays silent
/// once. No list is edited.
@NullMarked
package io.cachewright.capture.antipattern;

import org.jspecify.annotations.NullMarked;
