/** Organisations, numbers, trunks and rules as routing knows them: records without I/O. */
package dev.trunkline.router.directory;
