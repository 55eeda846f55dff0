/** The router's API, called as an administrator. */
package dev.trunkline.sipapi.router;
