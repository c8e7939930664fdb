/** The tree of agencies, walked from one of them to the top. */

export interface AgencyNode {
  id: string;
  parentId: string | null;
}

/** An agency and those above it, the top one last; empty when it is not among them. */
export function pathToTop<Node extends AgencyNode>(agencyId: string, nodes: readonly Node[]): Node[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const path: Node[] = [];
  for (let node = byId.get(agencyId); node && !path.includes(node);) {
    path.push(node);
    node = node.parentId === null ? undefined : byId.get(node.parentId);
  }
  return path;
}
