/** The router's API, asked as an administrator. */
package dev.trunkline.sipapi.router;
