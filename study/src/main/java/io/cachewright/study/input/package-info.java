/// Tells what kind of file a user gave, by its content.
@NullMarked
package io.cachewright.study.input;

import org.jspecify.annotations.NullMarked;
