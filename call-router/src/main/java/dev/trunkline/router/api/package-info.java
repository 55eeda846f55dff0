/** The REST API of directory, rules and explanations. */
package dev.trunkline.router.api;
