/** {@code ./trunkline schemas}: the contract of the events as JSON Schemas, in a folder or in a schema registry. */
package dev.trunkline.cli.schemas;
