/** Ten million generated calls and their counts, written into the tables as fast as Postgres takes them. */
package dev.trunkline.console.many;
