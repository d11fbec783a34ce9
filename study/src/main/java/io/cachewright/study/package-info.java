/// What files tell about a cache, ready for its readers.
///
/// A study reads a file through the module that knows its format, and gives a view: a record of plain numbers, which is
/// the JSON result as it is, and which a renderer writes for a terminal or as a page. Views and renderers are pure.
@NullMarked
package io.cachewright.study;

import org.jspecify.annotations.NullMarked;
