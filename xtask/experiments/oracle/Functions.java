import com.sun.source.tree.*;
import com.sun.source.util.*;
import java.nio.file.*;
import java.util.*;
import javax.tools.*;

/**
 * Prints the methods of Java files as javac's parser sees them: path, first line, last line, name.
 * Lambdas outside methods have no name; those inside are no functions of their own. Argument: a file
 * with one path a line.
 */
class Functions extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final ArrayDeque<String> types = new ArrayDeque<>();
    private int inside = 0;

    Functions(CompilationUnitTree unit, SourcePositions positions) {
        this.unit = unit;
        this.positions = positions;
    }

    public static void main(String[] args) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
        for (String path : Files.readAllLines(Path.of(args[0]))) {
            DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
            JavacTask task = (JavacTask) compiler.getTask(
                null, manager, problems, List.of("-proc:none"), null, manager.getJavaFileObjects(path));
            for (CompilationUnitTree unit : task.parse()) {
                if (problems.getDiagnostics().stream().anyMatch(it -> it.getKind() == Diagnostic.Kind.ERROR)) {
                    System.err.println(path + ": " + problems.getDiagnostics().get(0));
                } else {
                    new Functions(unit, Trees.instance(task).getSourcePositions()).scan(unit, null);
                }
            }
        }
    }

    private void print(Tree tree, String name) {
        LineMap lines = unit.getLineMap();
        long first = lines.getLineNumber(positions.getStartPosition(unit, tree));
        long last = lines.getLineNumber(positions.getEndPosition(unit, tree) - 1);
        System.out.println(Path.of(unit.getSourceFile().toUri()) + "\t" + first + "\t" + last + "\t" + name);
    }

    @Override
    public Void visitClass(ClassTree tree, Void nothing) {
        types.push(tree.getSimpleName().toString());
        super.visitClass(tree, nothing);
        types.pop();
        return null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void nothing) {
        if (tree.getBody() == null) return super.visitMethod(tree, nothing);
        String name = tree.getName().toString();
        print(tree, name.equals("<init>") ? types.peek() : name);
        inside++;
        super.visitMethod(tree, nothing);
        inside--;
        return null;
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree tree, Void nothing) {
        if (inside == 0) print(tree, "");
        inside++;
        super.visitLambdaExpression(tree, nothing);
        inside--;
        return null;
    }
}
