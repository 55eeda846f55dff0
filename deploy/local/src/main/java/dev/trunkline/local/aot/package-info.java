/** AOT caches of JDK 25 (JEP 483, 514, 515): linked classes and method profiles for the suite's JVMs, from a short training run. */
package dev.trunkline.local.aot;
