import { dynamoDeliveries } from "../../../adapters/dynamodb/deliveries.ts";
import { deliveriesContract } from "../../contracts/deliveries-contract.ts";
import { startTable } from "../../helpers/table.ts";

deliveriesContract("in the local table", async () => {
  const { table, stop } = await startTable();
  return { deliveries: dynamoDeliveries(table), stop };
});
