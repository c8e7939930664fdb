"use client";

import { Button } from "@trussworks/react-uswds";

export interface Accounts {
  password: string;
  people: { name: string; email: string; roles: string; does: string; agency: string }[];
}

/** The invented officials of a demonstration, each entered with one press. */
export function DemonstrationAccounts({
  accounts,
  onEnter,
}: {
  accounts: Accounts;
  onEnter: (given: { email: string; password: string }) => void;
}) {
  return (
    <section aria-labelledby="accounts-heading">
      <h2 id="accounts-heading">Demonstration accounts</h2>
      <p>
        Nine invented officials. One person can’t publish alone: draft as Dana, then approve as Luis in a second window.
        The password is <strong>{accounts.password}</strong>.
      </p>
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Role</th>
            <th scope="col">What this person does</th>
            <th scope="col">
              <span className="visually-hidden">Enter</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {accounts.people.map((person) => (
            <tr key={person.email}>
              <th scope="row">
                {person.name}
                <div className="hint">{person.agency}</div>
              </th>
              <td data-label="Role">{person.roles}</td>
              <td>{person.does}</td>
              <td className="right">
                <Button
                  type="button"
                  unstyled
                  aria-label={`Sign in as ${person.name}`}
                  onClick={() => onEnter({ email: person.email, password: accounts.password })}
                >
                  Sign in
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">
        These accounts exist only in the demonstration. A real site starts with no accounts and no numbers.
      </p>
    </section>
  );
}
