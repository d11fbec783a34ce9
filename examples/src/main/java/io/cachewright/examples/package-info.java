/// Small programs that show the runtime at work; each has a `main` and a paragraph in `examples/README.md`.
@NullMarked
package io.cachewright.examples;

import org.jspecify.annotations.NullMarked;
