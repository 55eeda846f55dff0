/** The rooms in which agents are to wait for callers according to the rules, published to dispatchers on the topic {@code warm-pools}. */
package dev.trunkline.router.warm;
