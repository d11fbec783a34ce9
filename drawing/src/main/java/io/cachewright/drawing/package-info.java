/// What reports, profiles and sizings are drawn with, so that all of them look alike.
///
/// [Words] writes numbers as people read them; [TextPage] and [TextCurve] draw for a terminal, with [Ink] or without;
/// [Page] makes one self-contained HTML page out of [Html], with [Svg] and the charts inline. Pure: no I/O but the
/// style sheet of its own jar.
@NullMarked
package io.cachewright.drawing;

import org.jspecify.annotations.NullMarked;
