/** The pages, which are files that web/build.sh makes. */
package dev.trunkline.console.pages;
