/// Code that carries out each [io.cachewright.optimizer.advice.Practice], in the languages of trading systems.
///
/// Ask [CodeSnippets]. A snippet is a file of its own under the resources of this package, named like its practice:
/// complete, with its error handling, meant to be copied. A new practice needs one file a language.
@NullMarked
package io.cachewright.optimizer.code;

import org.jspecify.annotations.NullMarked;
