/** Which media relays live, as they report on their own topic. The table is pure: its clocks are passed to it. */
package dev.trunkline.edge.relays;
