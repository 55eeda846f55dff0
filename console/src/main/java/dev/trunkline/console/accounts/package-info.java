/** Who may sign in, who has, and what they may do. */
package dev.trunkline.console.accounts;
