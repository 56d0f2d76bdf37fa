import { useQuery } from "@tanstack/react-query";
import { Navigate, useLocation } from "@tanstack/react-router";
import { ApiError } from "../../api/errors";
import { MeContext, meQuery } from "../account/me";
import { Loading } from "../parts/Loading";
import { Trouble } from "../parts/Trouble";
import { Frame } from "./Frame";
import classes from "./Frame.module.css";

/** Lets in who is signed in, and leads everybody else to where they can do that, and back afterwards. */
export function Gate() {
  const { data, error, refetch } = useQuery(meQuery);
  const { href } = useLocation();
  if (error instanceof ApiError && error.status === 401)
    return <Navigate to="/sign-in" search={href === "/" ? {} : { next: href }} replace />;
  if (data)
    return (
      <MeContext value={data}>
        <Frame />
      </MeContext>
    );
  return (
    <main className={classes.alone}>
      {error ? <Trouble error={error} retry={() => void refetch()} /> : <Loading />}
    </main>
  );
}
