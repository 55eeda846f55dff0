/** Numbers: adding, assigning, configuring, switching on and off, and their history. */
package dev.trunkline.router.numbers;
