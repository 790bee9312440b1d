//! The name and parameters of a declaration.

use tree_sitter::Node;

use crate::function::{OpenFunction, Tally};
use crate::grammar::Spec;
use crate::indentation::saturate;
use crate::role::{Name, Role};

/// Longest name in bytes, so that hostile nesting cannot make names grow without bound.
pub(crate) const MAX_NAME_BYTES: usize = 256;

/// Most nodes searched for a name in text that does not parse.
const MOST_NODES_OF_A_NAME: usize = 256;

/// The name of functions without one.
pub(crate) const ANONYMOUS: &str = "<anonymous>";

/// A name, and its node unless the language fixes the name.
#[derive(Clone)]
pub(crate) struct Named<'tree> {
    pub(crate) written: String,
    pub(crate) node: Option<Node<'tree>>,
    /// True if the name of the enclosing property is its prefix.
    pub(crate) is_accessor: bool,
}

impl<'tree> Named<'tree> {
    /// The name written in a node.
    pub(crate) fn of(node: Node<'tree>, content: &[u8]) -> Self {
        Self { written: function_name(node, content), node: Some(node), is_accessor: false }
    }
}

/// The name of a declaration: by the language's table of names, else in a field.
pub(crate) fn named<'tree>(
    spec: &Spec,
    declaration: Node<'tree>,
    field: &str,
    content: &[u8],
) -> Option<Named<'tree>> {
    let kind = declaration.kind();
    let place = spec.naming.names.iter().find(|(known, _)| *known == kind).map(|(_, place)| *place);
    let said = |node: Node<'tree>| Named {
        written: function_name(node, content),
        node: Some(node),
        is_accessor: false,
    };
    let fixed = |word: &str, is_accessor| Named { written: word.to_owned(), node: None, is_accessor };
    match place {
        None => declaration.child_by_field_name(field).map(said),
        Some(Name::Field(field)) => declaration.child_by_field_name(field).map(said),
        Some(Name::LastField(field)) => {
            declaration.children_by_field_name(field, &mut declaration.walk()).last().map(said)
        }
        Some(Name::Kind(kind)) => child_of_kind(declaration, &[kind]).map(said),
        Some(Name::Start(kind)) => {
            let mut node = child_of_kind(declaration, &[kind])?;
            while let Some(first) = node.named_child(0) {
                node = first;
            }
            Some(said(node))
        }
        Some(Name::Word(word)) => Some(fixed(word, false)),
        Some(Name::Accessor(word)) => Some(fixed(word, true)),
        Some(Name::AccessorField(field)) => {
            let accessor = said(declaration.child_by_field_name(field)?);
            // No node: calls of an accessor look like reads of a field, so recursion cannot be
            // recognised by name.
            Some(Named { node: None, is_accessor: true, ..accessor })
        }
        Some(Name::Bound) => None,
    }
}

/// The first child of any of the kinds.
pub(crate) fn child_of_kind<'tree>(node: Node<'tree>, kinds: &[&str]) -> Option<Node<'tree>> {
    node.named_children(&mut node.walk()).find(|child| kinds.contains(&child.kind()))
}

/// The name and parameters of a function.
#[derive(Default)]
pub(crate) struct Declaration<'tree> {
    /// The name as written, perhaps with qualifiers (`Parser::parse`).
    pub(crate) written: Option<Named<'tree>>,
    /// The name without qualifiers.
    pub(crate) name: Option<Node<'tree>>,
    /// The type that qualifies the name, or the receiver's type.
    pub(crate) owner: Option<Node<'tree>>,
    /// The receiver's variable (Go).
    pub(crate) receiver: Option<Node<'tree>>,
    /// True if the name is in a function's declarator.
    pub(crate) is_function: bool,
    function: Option<Node<'tree>>,
    parameters: Option<Node<'tree>>,
    has_receiver: bool,
}

impl<'tree> Declaration<'tree> {
    /// Reads a function's node.
    pub(crate) fn of(spec: &Spec, function: Node<'tree>, content: &[u8]) -> Self {
        let mut header = function;
        // Dart wraps the signature twice: a method's signature contains that of a function or
        // constructor.
        while let Some(inner) = child_of_kind(header, spec.naming.headers) {
            header = inner;
        }
        let field = |name: &str| header.child_by_field_name(name);
        let mut found = Self {
            parameters: field("parameters").or_else(|| field("parameter")),
            function: Some(header),
            ..Self::default()
        };
        if let Some(name) = named(spec, header, "name", content) {
            found.name = name.node;
            found.split_member(spec);
            found.written = Some(name);
        } else if let Some(declarator) = field("declarator") {
            found.read_declarator(declarator, content);
        }
        if let Some(receiver) = field("receiver").and_then(|list| list.named_child(0)) {
            found.has_receiver = true;
            found.receiver = receiver.child_by_field_name("name");
            found.owner = receiver.child_by_field_name("type").map(plain_type);
        }
        found
    }

    /// Reads a definition written as a call: `def name(a, b) when guard`.
    pub(crate) fn of_keyword_call(call: Node<'tree>, content: &[u8]) -> Option<Self> {
        let mut head = child_of_kind(call, &["arguments"])?.named_child(0)?;
        while let Some(guarded) = head.child_by_field_name("left") {
            let operator = head.child_by_field_name("operator")?;
            if text(operator, content) != b"when" {
                // An operator's definition is named after the operator.
                let written =
                    Named { written: name(operator, content), node: Some(operator), is_accessor: false };
                return Some(Self { written: Some(written), name: Some(operator), ..Self::default() });
            }
            head = guarded;
        }
        let named = head.child_by_field_name("target").unwrap_or(head);
        Some(Self {
            written: Some(Named { written: name(named, content), node: Some(named), is_accessor: false }),
            name: Some(named),
            parameters: child_of_kind(head, &["arguments"]),
            ..Self::default()
        })
    }

    /// A function known only by its name.
    pub(crate) fn bound(written: Named<'tree>) -> Self {
        Self { name: written.node, written: Some(written), ..Self::default() }
    }

    /// Splits a name that is a member (Lua's `function M.f`).
    fn split_member(&mut self, spec: &Spec) {
        let Some(name) = self.name else { return };
        if let Some((_, object, member)) = spec.calls.members.iter().find(|(kind, ..)| *kind == name.kind()) {
            self.owner = name.child_by_field_name(object);
            self.name = name.child_by_field_name(member);
        }
    }

    /// Follows a C declarator inwards: the name is innermost, and the parameters are those of the
    /// innermost function declarator.
    fn read_declarator(&mut self, outermost: Node<'tree>, content: &[u8]) {
        let mut node = outermost;
        let mut macro_name = None;
        loop {
            if node.kind() == "function_declarator" {
                self.is_function = true;
                // The grammar takes a macro before the name for the name, and the name for an error.
                macro_name = error_in(node).or(macro_name);
            }
            self.parameters = node.child_by_field_name("parameters").or(self.parameters);
            // A conversion operator's declarator does not contain its name.
            let inner = match node.kind() {
                "operator_cast" => {
                    self.is_function = true;
                    self.parameters = node
                        .child_by_field_name("declarator")
                        .and_then(|inner| inner.child_by_field_name("parameters"));
                    None
                }
                // These have no field for the declarator inside.
                "parenthesized_declarator" | "reference_declarator" | "attributed_declarator" => {
                    node.named_child(0)
                }
                _ => node.child_by_field_name("declarator"),
            };
            let Some(inner) = inner else { break };
            node = inner;
        }
        node = macro_name.unwrap_or(node);
        if node.has_error() || node.kind() == "ERROR" {
            node = last_name(node).unwrap_or(node);
        }
        self.written =
            Some(Named { written: function_name(node, content), node: Some(node), is_accessor: false });
        while node.kind() == "qualified_identifier" {
            self.owner = node.child_by_field_name("scope").or(self.owner);
            let Some(inner) = node.child_by_field_name("name") else { break };
            node = inner;
        }
        self.name = Some(node);
    }

    /// The number of declared parameters, including a receiver in the list (`self`).
    pub(crate) fn parameters(&self, spec: &Spec, role: impl Fn(Node<'tree>) -> Role, content: &[u8]) -> u32 {
        if let Some(function) = self.function.filter(|_| !spec.naming.parameter_lists.is_empty()) {
            return saturate(listed_parameters(spec, function));
        }
        let Some(list) = self.parameters else { return 0 };
        if list.child_count() == 0 {
            // A lone parameter without parentheses.
            return u32::from(list.is_named());
        }
        let mut cursor = list.walk();
        let declared = list.named_children(&mut cursor).filter(|child| {
            role(*child) != Role::Comment
                && !spec.naming.not_parameters.contains(&child.kind())
                // C's `f(void)` declares that there are no parameters.
                && text(*child, content) != b"void"
        });
        // One declaration may name several parameters (Go's `a, b int`).
        saturate(
            declared
                .map(|child| child.children_by_field_name("name", &mut child.walk()).count().max(1))
                .sum(),
        )
    }

    /// The receiver's type (Go), which qualifies the name without enclosing it.
    pub(crate) fn receiver_type(&self, content: &[u8]) -> Option<String> {
        self.has_receiver.then(|| self.owner.map(|owner| name(owner, content))).flatten()
    }

    /// Opens the function.
    pub(crate) fn open(
        &self,
        index: usize,
        is_method: bool,
        parameters: u32,
        enclosing: Option<Node<'tree>>,
    ) -> OpenFunction<'tree> {
        OpenFunction {
            index,
            tally: Tally::default(),
            is_recursive: false,
            name: self.name,
            is_method: is_method || self.owner.is_some(),
            owners: [self.receiver, self.owner.or(enclosing)],
            parameters,
            column: 0,
            path_len: 0,
            cut_at: None,
        }
    }
}

/// The error directly before a declarator's parameters.
fn error_in(declarator: Node<'_>) -> Option<Node<'_>> {
    let parameters = declarator.child_by_field_name("parameters")?;
    parameters.prev_sibling().filter(|before| before.is_error() && before.named_child_count() > 0)
}

/// The last name among the first nodes of an error.
fn last_name(node: Node<'_>) -> Option<Node<'_>> {
    let mut found = None;
    let mut cursor = node.walk();
    // An error can span the rest of the file, and the name is near its start.
    for _ in 0..MOST_NODES_OF_A_NAME {
        let at = cursor.node();
        if at.kind().ends_with("identifier") && at.child_count() == 0 && !at.is_missing() {
            found = Some(at);
        }
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return found;
            }
        }
    }
    found
}

/// The parameters in the lists of a declaration, which may be nested.
fn listed_parameters(spec: &Spec, declaration: Node<'_>) -> usize {
    let mut found = 0;
    // Scala has several lists, and PowerShell and Swift nest theirs.
    let mut lists = vec![declaration];
    while let Some(list) = lists.pop() {
        for part in list.children(&mut list.walk()) {
            found += usize::from(spec.naming.parameters.contains(&part.kind()));
            if spec.naming.parameter_lists.contains(&part.kind()) {
                lists.push(part);
            }
        }
    }
    found
}

/// The type behind Go's pointers, parentheses and type arguments.
fn plain_type(mut node: Node<'_>) -> Node<'_> {
    loop {
        let inner = match node.kind() {
            "pointer_type" | "parenthesized_type" => node.named_child(0),
            "generic_type" => node.child_by_field_name("type"),
            _ => None,
        };
        let Some(inner) = inner else { return node };
        node = inner;
    }
}

/// The bytes of a node.
pub(crate) fn text<'content>(node: Node<'_>, content: &'content [u8]) -> &'content [u8] {
    content.get(node.byte_range()).unwrap_or(&[])
}

/// A node's text as a name: runs of white space as one space, invalid UTF-8 replaced, cut to
/// [`MAX_NAME_BYTES`].
pub(crate) fn name(node: Node<'_>, content: &[u8]) -> String {
    let bytes = text(node, content);
    // Cut before decoding: a declarator that did not parse can be the rest of the file.
    let cut = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_NAME_BYTES)]);
    cut.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of a function's node as written; a conversion operator (C++) without its parameters.
pub(crate) fn function_name(node: Node<'_>, content: &[u8]) -> String {
    let mut whole = name(node, content);
    if node.kind() == "operator_cast" {
        whole.truncate(whole.find('(').unwrap_or(whole.len()));
    }
    whole
}

/// A type's name without its arguments.
pub(crate) fn type_name(node: Node<'_>, content: &[u8]) -> String {
    // Rust implements traits for references too.
    let referred = Some(node).filter(|node| node.kind() == "reference_type");
    let mut whole = name(referred.and_then(|node| node.child_by_field_name("type")).unwrap_or(node), content);
    // Rust's `<T as Trait>` begins with the sign and would leave no name.
    if let Some(arguments) = whole.find('<').filter(|position| *position > 0) {
        whole.truncate(arguments);
    }
    whole.truncate(whole.trim_end().len());
    whole
}
