package dev.trunkline.console.accounts;

/** Looks up the id of an organisation, which the router knows. */
@FunctionalInterface
public interface OrganisationIds {
    /** @throws dev.trunkline.console.problem.Refused if the router does not answer, or knows no such organisation */
    String idOf(String organisation);
}
