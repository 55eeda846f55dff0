/** Ten million generated calls and their counts, written to the tables as fast as Postgres accepts them. */
package dev.trunkline.console.many;
