package dev.trunkline.console.accounts;

/** Knows which id an organisation has: the router does. */
@FunctionalInterface
public interface OrganisationIds {
    /** @throws dev.trunkline.console.problem.Refused where the router does not answer, or knows no such organisation */
    String idOf(String organisation);
}
