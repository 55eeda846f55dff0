/** Which media relays live, as they say on their own topic. The table is pure: what it measures time by is given to it. */
package dev.trunkline.edge.relays;
