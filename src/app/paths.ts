/** The ways in and the timeline share one page: what it shows follows the launch, and no address names a person. */
export const paths: readonly string[] = ['/', '/launch', '/callback', '/timeline'];
