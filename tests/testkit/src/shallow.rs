//! Removes objects: shallow edges and damage.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use gix::ObjectId;

use crate::RepoBuilder;
use crate::id::parse_id;

impl RepoBuilder {
    /// Cuts history off at these commits, as `git clone --depth` does.
    ///
    /// Writes the `shallow` file and deletes every commit, tree and blob that only older history
    /// needs. Call it last: a builder cannot continue from a deleted commit.
    ///
    /// # Panics
    /// When a tag points at a commit that would be removed.
    pub fn shallow(&mut self, boundary: impl IntoIterator<Item = impl AsRef<str>>) -> &mut Self {
        let boundary: BTreeSet<ObjectId> = boundary.into_iter().map(|id| parse_id(id.as_ref())).collect();
        // The commits at the boundary stay, and they still list the parents that are gone. git
        // looks at the shallow file, not at the object, to know that a commit has no parents.
        let kept = self.reachable_until(&boundary);
        // Tag objects are not reached from commits, so they would be deleted with the old history.
        let mut objects: BTreeSet<ObjectId> = kept.iter().chain(&self.tags).copied().collect();
        for id in &kept {
            // Writing a tree again gives the ids of its objects. What exists already is not written
            // twice.
            self.commits[id].tree.write_recording(self.gix(), &mut objects);
        }
        // Listed in full before the first deletion, which would change the folders that are being
        // listed.
        let present: Vec<ObjectId> = self
            .gix()
            .objects
            .iter()
            .expect("the object store can be listed")
            .map(|id| id.expect("an object file has a valid name"))
            .collect();
        for id in present.into_iter().filter(|id| !objects.contains(id)) {
            self.delete_object_file(id);
        }
        let lines: Vec<String> = boundary.iter().map(ToString::to_string).collect();
        fs::write(self.git_dir().join("shallow"), lines.join("\n") + "\n")
            .expect("the shallow file can be written");
        self
    }

    /// Deletes one object, given as full hexadecimal id: the repository is damaged from now on.
    ///
    /// # Panics
    /// When there is no such loose object.
    pub fn delete_object(&mut self, id: &str) -> &mut Self {
        self.delete_object_file(parse_id(id));
        self
    }

    fn delete_object_file(&self, id: ObjectId) {
        // The builder writes loose objects only, so each object is a file of its own.
        fs::remove_file(self.object_file(id)).expect("a loose object can be deleted");
    }

    fn object_file(&self, id: ObjectId) -> PathBuf {
        let hex = id.to_string();
        self.git_dir().join("objects").join(&hex[..2]).join(&hex[2..])
    }

    /// The commits that the branches and `HEAD` reach without passing the boundary.
    fn reachable_until(&self, boundary: &BTreeSet<ObjectId>) -> BTreeSet<ObjectId> {
        let mut kept = BTreeSet::new();
        let mut queue = self.tips();
        while let Some(id) = queue.pop() {
            if kept.insert(id) && !boundary.contains(&id) {
                queue.extend(&self.commits[&id].parents);
            }
        }
        kept
    }
}
