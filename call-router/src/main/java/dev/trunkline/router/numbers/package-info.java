/** Numbers: adding, assigning, configuring, switching on and off, and the history of it. */
package dev.trunkline.router.numbers;
