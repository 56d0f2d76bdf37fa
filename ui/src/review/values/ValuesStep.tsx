import { Plural, Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import type { ValuesView } from "../../api/types";
import { useDecision } from "../../state/decisions";
import { useReview, useSession, useValues } from "../../state/hooks";
import { StepPage } from "../StepPage";
import { StepTrouble } from "../StepTrouble";
import { useGoOn } from "../useGoOn";
import { DateQuestionCard } from "./DateQuestionCard";
import { SelectValuesCard } from "./SelectValuesCard";

/** Texts that are none of a field's options, and dates whose order of day and month is not clear. */
export function ValuesStep() {
  const { client } = useSession();
  const { fields } = useReview();
  const { data, error } = useValues();
  const { decide, advance, problem, saving } = useDecision();
  const goOn = useGoOn("values", advance);

  if (!data) return <StepTrouble error={error} />;

  const fieldOf = (key: string) => fields.find((field) => field.key === key);
  const open = openQuestions(data);
  return (
    <StepPage
      name="values"
      title={<Trans>What do these values mean?</Trans>}
      lead={
        open ? (
          <Plural
            value={open}
            one="# question is open. What you leave open stays an error in its cells."
            other="# questions are open. What you leave open stays an error in its cells."
          />
        ) : (
          <Trans>Nothing here waits for you. Change what is not right.</Trans>
        )
      }
      problem={problem}
      actions={
        <Button loading={saving} onClick={() => void goOn()}>
          <Trans>Go on</Trans>
        </Button>
      }
    >
      {data.dates.map((question) => (
        <DateQuestionCard
          key={question.column}
          question={question}
          label={fieldOf(question.field)?.label ?? question.field}
          onChoose={(order) => void decide(() => client.putValues({ orders: { [question.field]: order }, values: {} }))}
        />
      ))}
      {data.fields.map((values) => (
        <SelectValuesCard
          key={values.column}
          values={values}
          field={fieldOf(values.field)}
          onChoose={(texts) => void decide(() => client.putValues({ values: { [values.field]: texts }, orders: {} }))}
        />
      ))}
    </StepPage>
  );
}

/** Everything that nobody has answered yet. */
export function openQuestions(view: ValuesView): number {
  const dates = view.dates.filter(({ order, by_person }) => order === null && !by_person).length;
  const texts = view.fields.flatMap(({ values }) => values);
  return dates + texts.filter(({ status }) => status === "uncertain" || status === "unmapped").length;
}
