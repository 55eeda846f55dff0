/** A directory as a file: read, compared with what is stored, written, exported. */
package dev.trunkline.router.apply;
