/** Rules as the API and directory files write them, read into terms of {@code directory} and back. */
package dev.trunkline.router.rules;
