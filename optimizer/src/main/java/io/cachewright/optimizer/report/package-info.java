/// One result, three readers. [ReportView] flattens a result into what readers see; [Renderer] writes it for a
/// terminal, for a program (JSON, the view as it is) or for a browser (one self-contained page). Pure.
///
/// A saved JSON report can be read back and rendered again, so that every form shows the same numbers.
@NullMarked
package io.cachewright.optimizer.report;

import org.jspecify.annotations.NullMarked;
