/// What a capture says about how a cache is used: hot keys and families by requests, bytes and server time, how
/// skewed access is, reads against writes, and how commands bunch together.
///
/// [BehaviourWatch] takes every command in one pass and gives a [Behaviour] at the end. Its memory is bounded:
/// hot keys come from a sketch with error bounds, families from all keys or, when there are too many, from a
/// sample of them.
@NullMarked
package io.cachewright.capture.behaviour;

import org.jspecify.annotations.NullMarked;
