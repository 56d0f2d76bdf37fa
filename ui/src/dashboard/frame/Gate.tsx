import { useQuery } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { ApiError } from "../../api/errors";
import { MeContext, meQuery } from "../account/me";
import { Loading } from "../parts/Loading";
import { Trouble } from "../parts/Trouble";
import { Frame } from "./Frame";
import classes from "./Frame.module.css";

/** Lets in who is signed in, and leads everybody else to where they can do that, and back afterwards. */
export function Gate() {
  const { data, error, refetch } = useQuery(meQuery);
  if (error instanceof ApiError && error.status === 401) return <ToSignIn />;
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

/** Goes to the sign-in once. It is still shown while that page is loaded, when the address is the new one already. */
function ToSignIn() {
  const router = useRouter();
  const navigate = useNavigate();
  useEffect(() => {
    const { href, pathname } = router.state.location;
    if (pathname === "/sign-in") return;
    void navigate({ to: "/sign-in", search: pathname === "/imports" ? {} : { next: href }, replace: true });
  }, [router, navigate]);
  return <Loading />;
}
