/** The rooms in which agents are to wait for callers, as rules say, told to dispatchers on the topic {@code warm-pools}. */
package dev.trunkline.router.warm;
