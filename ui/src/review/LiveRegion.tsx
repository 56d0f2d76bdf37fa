import { useSession } from "../state/hooks";
import { useStore } from "../state/store";

/** What a screen reader says without moving the focus: `session.announce(text)`. */
export function LiveRegion() {
  const text = useStore(useSession().announcement);
  return (
    <div className="hg-hidden" role="status">
      {text}
    </div>
  );
}
