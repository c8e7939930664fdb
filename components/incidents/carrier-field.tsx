"use client";

import { TextInput } from "@trussworks/react-uswds";
import { describeLongCarrier, MOST_OF_CARRIER } from "../../lib/incidents/schema";
import { Field } from "../ui/field";

/** Whose customers can't reach 911. A name that is too long is kept as it was typed, and the field says so at once. */
export function CarrierField({
  value,
  error,
  onChange,
}: {
  value: string;
  error?: string | undefined;
  onChange: (carrier: string) => void;
}) {
  return (
    <Field
      id="carrier"
      label="Which carrier"
      hint={`The name customers know, ${MOST_OF_CARRIER} characters or fewer. People read it as you write it.`}
      error={describeLongCarrier(value) ?? error}
    >
      {(aria) => (
        <TextInput
          {...aria}
          name="carrier"
          type="text"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
