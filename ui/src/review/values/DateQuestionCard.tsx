import { Plural, Trans } from "@lingui/react/macro";
import { Radio } from "@mantine/core";
import type { DateQuestion } from "../../api/types";
import classes from "./Values.module.css";

type Order = NonNullable<DateQuestion["order"]>;

interface Props {
  question: DateQuestion;
  label: string;
  onChoose: (order: Order) => void;
}

/** One question for a whole column of dates: is the day or the month written first? */
export function DateQuestionCard({ question, label, onChoose }: Props) {
  const { ambiguous, examples, order, column } = question;
  return (
    <section className={classes.card}>
      <Radio.Group
        name={`order-${column}`}
        value={order}
        onChange={(value) => onChoose(value)}
        label={<span className={classes.title}>{label}</span>}
        description={
          <Plural
            value={ambiguous}
            one="# date can be read in two ways. Which comes first, the day or the month?"
            other="# dates can be read in two ways. Which comes first, the day or the month?"
          />
        }
      >
        <div className={classes.orders}>
          <Radio.Card value="day_month" className={classes.order}>
            <OrderHead title={<Trans>The day comes first</Trans>} proof={question.only_day_month} />
            <Examples examples={examples} reading="day_month" />
          </Radio.Card>
          <Radio.Card value="month_day" className={classes.order}>
            <OrderHead title={<Trans>The month comes first</Trans>} proof={question.only_month_day} />
            <Examples examples={examples} reading="month_day" />
          </Radio.Card>
        </div>
      </Radio.Group>
    </section>
  );
}

/** `proof`: dates of the column that can be read in this order only. */
function OrderHead({ title, proof }: { title: React.ReactNode; proof: number }) {
  return (
    <span className={classes.orderhead}>
      <Radio.Indicator />
      <span>
        <b>{title}</b>
        <span className={classes.proof}>
          {proof === 0 ? (
            <Trans>No other date of this column proves it.</Trans>
          ) : (
            <Plural
              value={proof}
              one="# other date of this column can only be read so."
              other="# other dates of this column can only be read so."
            />
          )}
        </span>
      </span>
    </span>
  );
}

function Examples({ examples, reading }: { examples: DateQuestion["examples"]; reading: Order }) {
  return (
    <span className={classes.examples}>
      {examples.map((example) => (
        <span key={example.text}>
          <span>{example.text}</span> → <span className={classes.result}>{example[reading] ?? "—"}</span>
        </span>
      ))}
    </span>
  );
}
