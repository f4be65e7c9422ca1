/** The account and region that the stack is in, and ARNs of what it does not create itself. */
export function readAccount() {
  const { partition } = aws.getPartitionOutput();
  const { region } = aws.getRegionOutput();
  const { accountId } = aws.getCallerIdentityOutput();
  return {
    region,
    accountId,
    arn: (service: string, resource: string) =>
      $interpolate`arn:${partition}:${service}:${region}:${accountId}:${resource}`,
  };
}

/** See {@link readAccount}. */
export type Account = ReturnType<typeof readAccount>;
