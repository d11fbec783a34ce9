/// One result, three readers: a terminal, a program (JSON), a browser (one self-contained page). Pure.
@NullMarked
package io.cachewright.optimizer.report;

import org.jspecify.annotations.NullMarked;
