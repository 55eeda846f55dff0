/** {@code ./trunkline apply}, {@code register}, {@code export} and {@code demo}: the directory as a file. */
package dev.trunkline.cli.directory;
