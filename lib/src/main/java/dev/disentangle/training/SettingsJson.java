package dev.disentangle.training;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes records of numbers, texts, enums, lists and further records as JSON, and builds them
 * again: a method with its hyperparameters, networks, likelihood. What is none of these, such as an
 * architecture that is not a record, is noted by its class alone and cannot be built again.
 */
final class SettingsJson {

  private static final String CLASS = "class";
  private static final String CONSTANT = "constant";
  private static final String UNKNOWN = "notARecord";

  private SettingsJson() {}

  /**
   * Writes a value.
   *
   * @param declared the type that the reader will know; a value of another class is written with it
   */
  static JsonElement encode(Object value, Type declared) {
    if (value == null) {
      return JsonNull.INSTANCE;
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return new JsonPrimitive(number.toString());
    }
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    }
    if (value instanceof Boolean truth) {
      return new JsonPrimitive(truth);
    }
    if (value instanceof String text) {
      return new JsonPrimitive(text);
    }
    if (value instanceof List<?> list) {
      JsonArray array = new JsonArray();
      list.forEach(member -> array.add(encode(member, member(declared))));
      return array;
    }
    return encodeObject(value, declared);
  }

  private static JsonElement encodeObject(Object value, Type declared) {
    if (value instanceof Enum<?> constant) {
      if (constant.getDeclaringClass() == declared) {
        return new JsonPrimitive(constant.name());
      }
      JsonObject object = new JsonObject();
      object.addProperty(CLASS, constant.getDeclaringClass().getName());
      object.addProperty(CONSTANT, constant.name());
      return object;
    }
    JsonObject object = new JsonObject();
    if (!value.getClass().isRecord()) {
      object.addProperty(UNKNOWN, value.getClass().getName());
      return object;
    }
    object.addProperty(CLASS, value.getClass().getName());
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      object.add(component.getName(), encode(read(component, value), component.getGenericType()));
    }
    return object;
  }

  private static Object read(RecordComponent component, Object value) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("reading " + component + " of " + value.getClass(), e);
    }
  }

  /**
   * Builds a value again.
   *
   * @throws IllegalArgumentException if it cannot be; the message says why
   */
  static Object decode(JsonElement json, Type declared) {
    if (json == null || json.isJsonNull()) {
      return null;
    }
    if (json.isJsonPrimitive()) {
      return decodePlain(json.getAsJsonPrimitive(), declared);
    }
    if (json.isJsonArray()) {
      List<Object> list = new ArrayList<>();
      json.getAsJsonArray().forEach(member -> list.add(decode(member, member(declared))));
      return List.copyOf(list);
    }
    return decodeObject(json.getAsJsonObject(), raw(declared));
  }

  private static Object decodePlain(JsonPrimitive json, Type declared) {
    Class<?> type = raw(declared);
    if (type == int.class || type == Integer.class) {
      return json.getAsInt();
    }
    if (type == long.class || type == Long.class) {
      return json.getAsLong();
    }
    if (type == float.class || type == Float.class) {
      return json.getAsFloat();
    }
    if (type == double.class || type == Double.class) {
      return Double.valueOf(json.getAsString());
    }
    if (type == boolean.class || type == Boolean.class) {
      return json.getAsBoolean();
    }
    return type.isEnum() ? constant(type, json.getAsString()) : json.getAsString();
  }

  private static Object decodeObject(JsonObject json, Class<?> declared) {
    if (json.has(UNKNOWN)) {
      throw new IllegalArgumentException(
          json.get(UNKNOWN).getAsString()
              + " is not a record, so the file does not hold what it was made with");
    }
    if (!json.has(CLASS)) {
      throw new IllegalArgumentException("a " + declared.getSimpleName() + " without its class");
    }
    Class<?> type = load(json.get(CLASS).getAsString(), declared);
    if (type.isEnum() && json.has(CONSTANT)) {
      return constant(type, json.get(CONSTANT).getAsString());
    }
    if (!type.isRecord()) {
      throw new IllegalArgumentException(type.getName() + " is not a record");
    }
    return construct(type, json);
  }

  private static Object construct(Class<?> type, JsonObject json) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = decode(json.get(components[i].getName()), components[i].getGenericType());
      if (values[i] == null && types[i].isPrimitive()) {
        throw new IllegalArgumentException(
            type.getSimpleName() + " lacks " + components[i].getName());
      }
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          type.getSimpleName() + ": " + e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getName() + " cannot be built: " + e, e);
    }
  }

  /** Loads a class without running any of its code, if it is what the reader expects. */
  private static Class<?> load(String name, Class<?> declared) {
    ClassLoader own = SettingsJson.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    for (ClassLoader loader : new ClassLoader[] {context, own}) {
      try {
        Class<?> type = Class.forName(name, false, loader);
        if (!declared.isAssignableFrom(type)) {
          throw new IllegalArgumentException(name + " is no " + declared.getSimpleName());
        }
        return type;
      } catch (ClassNotFoundException e) {
        // The other loader may know it.
        continue;
      }
    }
    throw new IllegalArgumentException(
        "this process does not know the class " + name + " (one made in a notebook's cell?)");
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(name + " is no " + type.getSimpleName());
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType parameterized
        ? (Class<?>) parameterized.getRawType()
        : type instanceof Class<?> plain ? plain : Object.class;
  }

  /** The declared type of a list's members. */
  private static Type member(Type list) {
    return list instanceof ParameterizedType parameterized
        ? parameterized.getActualTypeArguments()[0]
        : Object.class;
  }
}
