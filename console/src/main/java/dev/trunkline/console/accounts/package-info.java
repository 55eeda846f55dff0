/** Accounts that may sign in, sessions, and what their users may do. */
package dev.trunkline.console.accounts;
