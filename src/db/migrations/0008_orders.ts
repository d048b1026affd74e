import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

// Orders of several users in one statement and one commit. Each user's are inserted as the API on behalf of that user, so
// row-level security holds for them as it does in a transaction of their own.
const orders = `
CREATE FUNCTION place_orders(placed jsonb) RETURNS SETOF uuid LANGUAGE plpgsql SET role = 'timbra_api' AS $$
DECLARE
  one record;
BEGIN
  FOR one IN SELECT * FROM jsonb_to_recordset(placed) AS users (user_id uuid, orders jsonb) LOOP
    PERFORM set_config('app.user_id', one.user_id::text, true);
    RETURN QUERY
      INSERT INTO automation_tasks (id, user_id, vendor_url, vendor_host, ticket_details, ticket_key, cfdi_use, priority,
                                    callback_url, confirm_before_submit, retry_not_found, idempotency_key, request_hash)
      SELECT o.id, one.user_id, o.vendor_url, o.vendor_host, o.ticket_details, o.ticket_key, o.cfdi_use, o.priority,
             o.callback_url, o.confirm_before_submit, o.retry_not_found, o.idempotency_key, o.request_hash
      FROM jsonb_to_recordset(one.orders) AS o (
        id uuid, vendor_url text, vendor_host text, ticket_details jsonb, ticket_key text, cfdi_use text,
        priority smallint, callback_url text, confirm_before_submit boolean, retry_not_found boolean,
        idempotency_key text, request_hash text)
      ON CONFLICT DO NOTHING RETURNING automation_tasks.id;
  END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION place_orders FROM PUBLIC;
`

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* sql.unsafe(orders)
})
