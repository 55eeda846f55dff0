/** AOT caches of JDK 25 (JEP 483, 514, 515): the suite's JVMs as a short training run left them, classes linked and profiles kept. */
package dev.trunkline.local.aot;
