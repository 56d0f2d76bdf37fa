import { useReview } from "../../state/hooks";
import { Help } from "../Help";

/** The schema's help text of this step. */
export function StepHelp() {
  const { steps } = useReview();
  const help = steps.find(({ name }) => name === "review")?.help;
  return help ? <Help html={help} /> : null;
}
