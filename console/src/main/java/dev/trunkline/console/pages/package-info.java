/** The pages, which are files built by web/build.sh. */
package dev.trunkline.console.pages;
